import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Builds pkcs11js, which is native code, against the headers of the pinned Node: nothing but node-gyp
 * and these is fetched. For machines whose root key is in a PKCS #11 token, and for its test; needs a C++
 * compiler, make and Python. No other command of the repository builds it.
 */
const ofApi = createRequire(join(import.meta.dirname, '../apps/api/package.json'))
const library = dirname(realpathSync(ofApi.resolve('pkcs11js/package.json')))
const node = dirname(dirname(realpathSync(process.execPath)))
const headersIn = (folder: string): boolean => existsSync(join(folder, 'include/node/node_api.h'))
const PACKAGE = `node-${process.platform}-${process.arch}`

/**
 * Where the package that the pinned Node is of stands with its headers; an installation from a cache lacks
 * them.
 */
const fetched = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chartward-node-headers-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const wanted = `${PACKAGE}@${process.version.slice(1)}`
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', wanted], {
    stdio: 'inherit',
  })
  return join(folder, 'node_modules', PACKAGE)
}

const nodedir = [node, join(node, 'node_modules', PACKAGE)].find(headersIn) ?? fetched()
if (!headersIn(nodedir)) throw new Error(`This Node came without its headers: none are in ${nodedir}.`)
execFileSync('npx', ['-y', 'node-gyp@13.1.0', 'rebuild', `--nodedir=${nodedir}`], {
  cwd: library,
  stdio: 'inherit',
})
