import { type ExecFileOptions, execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How to start a PostgreSQL program from this account. PostgreSQL refuses to run as root. */
export interface RunAs {
  /** Runs a program to its end. Rejects with what it printed to standard error. */
  exec(program: string, args: readonly string[], options?: ExecFileOptions): Promise<void>
  /** The account that must own the data folder, or null where it is our own. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
}

const succeeds = async (program: string, args: readonly string[]): Promise<boolean> =>
  run(program, [...args]).then(
    () => true,
    () => false,
  )

const idOf = async (flag: '-u' | '-g'): Promise<number> =>
  Number((await run('id', [flag, 'postgres'])).stdout)

/**
 * Not root: as ourselves. Root: in a user namespace where our files belong to an ordinary account, which
 * needs no account to be made and works in folders that only root may enter; where the kernel allows no
 * namespaces, as the account `postgres`, made if missing.
 */
export const runAs = async (): Promise<RunAs> => {
  if (userInfo().uid !== 0) {
    return {
      owner: null,
      exec: async (program, args, options) => void (await run(program, [...args], options)),
    }
  }
  const namespace = ['--user', '--map-user=1000', '--map-group=1000']
  if (await succeeds('unshare', [...namespace, 'true'])) {
    return {
      owner: null,
      exec: async (program, args, options) =>
        void (await run('unshare', [...namespace, program, ...args], options)),
    }
  }
  if (!(await succeeds('id', ['postgres']))) await run('useradd', ['--system', '--user-group', 'postgres'])
  const owner = { uid: await idOf('-u'), gid: await idOf('-g') }
  return {
    owner,
    exec: async (program, args, options) => void (await run(program, [...args], { ...options, ...owner })),
  }
}
