import { sendQueuedMail } from '../services/mail/send.ts'
import { giveUpMail } from './give-up-mail.ts'
import type { AboutJob } from './job.ts'

/** Hands mail to the server: tried for about a day where the server is away or asks for patience. */
export const sendMail: AboutJob = {
  kind: 'about',
  name: 'send-mail',
  login: 'app',
  queue: {
    expireInSeconds: 180,
    heartbeatSeconds: null,
    retryLimit: 30,
    retryDelay: 10,
    retryBackoff: true,
    retryDelayMax: 3600,
  },
  deadLetter: giveUpMail,
  run: ({ app, id }) => sendQueuedMail(app, id),
}
