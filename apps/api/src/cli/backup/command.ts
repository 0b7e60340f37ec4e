import type { Command } from 'commander'
import { addDrill } from './drill.ts'
import { addMake } from './make.ts'
import { addPhysical } from './physical.ts'

export const addBackup = (program: Command): void => {
  const backup = program
    .command('backup')
    .description('back up the database without its keys, or the wrapped keys alone; try a backup')
    // What stands behind `drill` or `physical` is theirs, also where the options have the same names.
    .enablePositionalOptions()
  addMake(backup)
  addPhysical(backup)
  addDrill(backup)
}
