/** `pnpm watch crypto`: the tests of one package, again at each change. What follows goes to vitest. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename } from 'node:path'

const [wanted, ...filters] = process.argv.slice(2)
const folders = globSync('{packages,apps}/*/package.json').map((file) => file.replace('/package.json', ''))
const folder = folders.find((found) => basename(found) === wanted)
if (folder === undefined) {
  process.stderr.write(`pnpm watch ${folders.map((found) => basename(found)).join(' | ')} [file]\n`)
  process.exit(1)
}
const { status } = spawnSync('vitest', ['watch', ...filters], { cwd: folder, stdio: 'inherit' })
process.exit(status ?? 1)
