import type { Outputs } from '../lib/trpc.ts'
import { StatusTag } from './status-tag.tsx'
import { When } from './when.tsx'

type Mail = NonNullable<Outputs['users']['get']['mail']>

const WHAT: Readonly<Record<Mail['kind'], string>> = {
  invitation: 'Invitation',
  'password-reset': 'Link to a new password',
  address: 'Link to the new address',
}

const WHY: Readonly<Record<NonNullable<Mail['failure']>, string>> = {
  'address-refused': 'The mail server refuses the address: correct it, and send another.',
  refused: 'The mail server refuses the message. Ask whoever runs it.',
  expired: 'Its link ended before it could be sent. Send another.',
  'gave-up': 'The mail server could not be reached for a day. Send another.',
}

/** What became of the last link that was mailed to somebody. */
export const LastMail = ({ mail: { kind, state, failure, at } }: { mail: Mail }) => (
  <>
    {WHAT[kind]}{' '}
    {state === 'undeliverable' ? (
      <StatusTag tone="bad">Not delivered</StatusTag>
    ) : (
      <StatusTag tone={state === 'sent' ? 'good' : 'quiet'}>
        {state === 'sent' ? 'Sent' : 'Waiting'}
      </StatusTag>
    )}{' '}
    <When at={at} />
    {failure === null ? null : <div>{WHY[failure]}</div>}
  </>
)
