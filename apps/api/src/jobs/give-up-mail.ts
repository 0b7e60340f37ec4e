import { giveUpMail as giveUpQueuedMail } from '../services/mail/send.ts'
import { type AboutJob, PATIENT } from './job.ts'

/** Says of mail whose every attempt has failed that it can not be delivered. */
export const giveUpMail: AboutJob = {
  kind: 'about',
  name: 'give-up-mail',
  login: 'app',
  queue: { expireInSeconds: 60, heartbeatSeconds: null, retryLimit: 100, retryDelay: 30, ...PATIENT },
  deadLetter: null,
  run: ({ app, id }) => giveUpQueuedMail(app, id),
}
