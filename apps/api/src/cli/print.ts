/** Writes a line for the person at the command line. Logs go elsewhere: see core/log.ts. */
export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}
