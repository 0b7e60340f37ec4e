import { schema } from '@chartward/db'

export const { backups, backupDrills } = schema
