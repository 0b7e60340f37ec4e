import { schema, type Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { newId, nilId } from '../../core/ids.ts'
import { enqueue } from '../../jobs/queue.ts'
import { sendMail } from '../../jobs/send-mail.ts'
import { type MailContent, sealContent } from './content.ts'

/**
 * Has something mailed, in the transaction that causes it: it is sent if and only if that has happened. The
 * caller has seen that there is a server for it.
 */
export const queueMail = async (
  tx: Transaction,
  { clock, keyring }: Pick<App, 'clock' | 'keyring'>,
  content: MailContent,
  noticeId: string | null = null,
): Promise<void> => {
  const id = newId()
  await tx.orm.insert(schema.mails).values({
    id,
    userId: content.kind === 'reset-asked' || content.userId === nilId() ? null : content.userId,
    kind: content.kind,
    noticeId,
    askedAt: clock(),
    content: sealContent(keyring, id, content),
    state: 'waiting',
  })
  await enqueue(tx, sendMail, id)
}
