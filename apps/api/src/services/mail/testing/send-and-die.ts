import '../../../core/outbound/guarded.ts'
import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import { NamedNetworks } from '../../../core/outbound/addresses.ts'
import { keyFiles } from '../../../keys/key-files.ts'
import { sendQueuedMail } from '../send.ts'

/*
 * Sends one mail in a process of its own, guarded as a program is, which is killed as soon as the server has
 * taken the message: before it is noted.
 */
const [url = '', folder = '', port = '', id = ''] = process.argv.slice(2)
const app = await openApp({
  db: openDatabase({ url, connections: 2, name: 'send-and-die' }),
  files: keyFiles(folder),
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: 'none',
  smtp: {
    host: '127.0.0.1',
    port: Number(port),
    tls: 'none',
    from: 'chartward@hospital.example',
    named: new NamedNetworks(['127.0.0.1']),
    ca: undefined,
    login: undefined,
  },
})
await sendQueuedMail(app, id)
await app.close()
