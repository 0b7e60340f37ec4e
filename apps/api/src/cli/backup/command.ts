import type { Command } from 'commander'
import { addDrill } from './drill.ts'
import { addMake } from './make.ts'
import { addPhysical } from './physical.ts'

export const addBackup = (program: Command): void => {
  const backup = program
    .command('backup')
    .description('back up the database without its keys, or the wrapped keys alone; try a backup')
  addMake(backup)
  addPhysical(backup)
  addDrill(backup)
}
