import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import postcssMantine from 'postcss-preset-mantine'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** Under this a compressed file saves nothing over the headers it needs. */
const WORTH_COMPRESSING = 1024

/**
 * Writes `x.br` beside each built script and style sheet, so that the server compresses nothing per response.
 */
const brotli = (): Plugin => ({
  name: 'chartward-brotli',
  apply: 'build',
  writeBundle: ({ dir }) => {
    if (dir === undefined) return
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      const path = join(dir, name)
      if (!/\.(js|css|svg)$/.test(name) || statSync(path).size < WORTH_COMPRESSING) continue
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
      writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), { params }))
    }
  },
})

/**
 * Names the style sheets before the scripts: nothing is painted without them, and little is needed besides.
 */
const stylesFirst = (): Plugin => ({
  name: 'chartward-styles-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => {
      const sheets = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? []
      const without = sheets.reduce((rest, sheet) => rest.replace(sheet, ''), html)
      return without.replace(/ *<script type="module"/, (script) => sheets.join('') + script)
    },
  },
})

/** The API that `pnpm dev` has started, if this is its Vite. */
const devApi = process.env.CHARTWARD_DEV_API

/** What apps/api/src/http/console.ts does with the built pages, for Vite's own server. */
const devPages = (): Plugin => ({
  name: 'chartward-dev-pages',
  apply: 'serve',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      const linked = ['/invitation', '/reset', '/address', '/lost-factor']
      if (linked.includes(request.url?.split('?')[0] ?? '')) request.url = '/sign-in.html'
      next()
    })
  },
  transformIndexHtml: (html) =>
    html
      .replaceAll('__CSP_NONCE__', '')
      .replaceAll('__MODE__', 'demo')
      .replaceAll('__TIME_ZONE__', 'UTC')
      .replaceAll('__SCHEME__', ''),
})

/** The routes of the server that are no pages: calls, downloads and health. */
const API_ROUTES = '^/(trpc/|healthz|readyz|audit/export(\\?|$)|exports/[^/]+/[^/]+$)'

export default defineConfig({
  plugins: [react(), brotli(), stylesFirst(), devPages()],
  server: { proxy: devApi === undefined ? {} : { [API_ROUTES]: devApi } },
  css: { postcss: { plugins: [postcssMantine()] } },
  build: {
    target: 'es2023',
    manifest: true,
    // An inlined asset would be a data: URL, which the page's policy refuses for anything but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { app: 'index.html', 'sign-in': 'sign-in.html' } },
  },
  test: {
    environment: 'node',
    testTimeout: 120_000,
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['src/testing/reader.ts'],
  },
})
