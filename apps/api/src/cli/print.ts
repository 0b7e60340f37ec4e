/** Writes a line for the person at the command line. Logs go elsewhere: see core/log.ts. */
export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}

/** The same for what went wrong. */
export const printError = (line: string): void => {
  process.stderr.write(`${line}\n`)
}
