import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Builds pkcs11js, which is native code, against the headers that came with the pinned Node: nothing but
 * node-gyp is fetched. For machines whose root key is in a PKCS #11 token, and for its test; needs a C++
 * compiler, make and Python. No other command of the repository builds it.
 */
const ofApi = createRequire(join(import.meta.dirname, '../apps/api/package.json'))
const library = dirname(realpathSync(ofApi.resolve('pkcs11js/package.json')))
const node = dirname(dirname(realpathSync(process.execPath)))
const nodedir = [node, join(node, 'node_modules', `node-${process.platform}-${process.arch}`)].find(
  (folder) => existsSync(join(folder, 'include/node/node_api.h')),
)
if (nodedir === undefined) throw new Error(`This Node came without its headers: none are in ${node}.`)
execFileSync('npx', ['-y', 'node-gyp@13.1.0', 'rebuild', `--nodedir=${nodedir}`], {
  cwd: library,
  stdio: 'inherit',
})
