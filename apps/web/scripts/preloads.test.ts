import { describe, expect, it } from 'vitest'
import type { ManifestChunk } from './budgets.ts'
import { preloadsOf } from './preloads.ts'

const manifest: Record<string, ManifestChunk> = {
  'index.html': { file: 'app.js', isEntry: true, css: ['app.css'], imports: ['_shared.js'] },
  '_shared.js': { file: 'shared.js' },
  '_table.js': { file: 'table.js', css: ['table.css'], imports: ['_shared.js'] },
  'src/users-page.tsx': {
    file: 'users.js',
    imports: ['_table.js', '_shared.js'],
    dynamicImports: ['src/dialog.tsx'],
  },
  'src/dialog.tsx': { file: 'dialog.js' },
}

describe('what a page is about to load', () => {
  it('is its code and style sheets with those that they import, without the entry’s and what a click loads', () => {
    expect(preloadsOf(manifest, new Map([['/users', 'src/users-page.tsx']]))).toEqual([
      { path: '/users', files: ['users.js', 'table.js', 'table.css'] },
    ])
  })

  it('of a page that the build does not have fails the build', () => {
    expect(() => preloadsOf(manifest, new Map([['/roles', 'src/roles-page.tsx']]))).toThrow('roles-page')
  })
})
