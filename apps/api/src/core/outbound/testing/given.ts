import '../guarded.ts'
import { openDatabase } from '@chartward/db'
import { NamedNetworks } from '../addresses.ts'
import { dial } from '../dial.ts'

/* A guarded program that uses the ways out that it has: its database, and a destination by its name. */
const [port = '', url = ''] = process.argv.slice(2)
const db = openDatabase({ url, connections: 1, name: 'ways-out' })
const [row] = await db.sql<{ one: number }[]>`select 1 as one`
await db.close()
const destination = { name: 'smtp', host: 'localhost', port: Number(port), tls: 'none' } as const
const socket = await dial(destination, new NamedNetworks(['localhost']), async () => ['127.0.0.1'])
process.stdout.write(JSON.stringify({ database: row?.one, dialled: socket.remotePort === Number(port) }))
socket.destroy()
