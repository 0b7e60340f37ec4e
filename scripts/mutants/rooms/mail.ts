import type { Mutant } from '../mutant.ts'

const GUARD_TEST = 'apps/api/src/core/outbound/guard.test.ts'
const DIAL_TEST = 'apps/api/src/core/outbound/dial.test.ts'
const MAIL_TEST = 'apps/api/src/services/mail/mail.test.ts'
const RESET_TEST = 'apps/api/src/services/auth/reset-password.test.ts'
const IDENTITY_TEST = 'apps/api/src/services/users/change-identity.test.ts'

/** What leaves a process, what is mailed, and the links in it. */
export const MAIL: readonly Mutant[] = [
  {
    name: 'a socket that nobody named leaves',
    file: 'apps/api/src/core/outbound/guard.ts',
    from: "if (!mayLeave(socket)) throw new OutboundError('unnamed')",
    to: '',
    test: GUARD_TEST,
    only: 'throws for a socket that was not given',
  },
  {
    name: 'a thread has a way out of its own',
    file: 'apps/api/src/core/outbound/guard.ts',
    from: ", '--require', GUARDED]",
    to: ']',
    test: GUARD_TEST,
    only: 'is in each thread',
  },
  {
    name: 'a name leads to an address of the own network',
    file: 'apps/api/src/core/outbound/dial.ts',
    from: 'if (!isPublicAddress(address) && !named.admits(destination.host, address))',
    to: "if (address === '')",
    test: DIAL_TEST,
    only: 'is refused before anything is sent',
  },
  {
    name: 'something is sent beyond loopback in the clear',
    file: 'apps/api/src/core/outbound/dial.ts',
    from: "if (destination.tls === 'none' && !isLoopbackAddress(address)) throw new OutboundError('plain-refused')",
    to: '',
    test: DIAL_TEST,
    only: 'something is sent to this machine alone',
  },
  {
    name: 'a mail server that offers no STARTTLS is told all the same',
    file: 'apps/api/src/core/outbound/smtp.ts',
    from: "requireTLS: smtp.tls === 'starttls',",
    to: '',
    test: MAIL_TEST,
    only: 'where STARTTLS is not offered',
  },
  {
    name: 'a link goes to an address that somebody has put in',
    file: 'apps/api/src/services/mail/send.ts',
    from: "const { status } = await vouching.require('user', row)",
    to: 'const { status } = row',
    test: MAIL_TEST,
    only: 'does not go to an address that was put',
  },
  {
    name: 'a notice goes to whoever has not come in yet',
    file: 'apps/api/src/services/mail/send.ts',
    from: "notice: ['active', 'suspended'],",
    to: "notice: ['active', 'suspended', 'invited'],",
    test: MAIL_TEST,
    only: 'goes nowhere for whoever has not come in yet',
  },
  {
    name: 'an administrator sees the link that was mailed',
    file: 'apps/api/src/services/users/create-invitation.ts',
    from: '  return null\n}',
    to: '  return url\n}',
    test: MAIL_TEST,
    only: 'is mailed, and is not shown',
  },
  {
    name: 'whoever has the mailbox alone learns of earlier passwords',
    file: 'apps/api/src/services/auth/reset-password.ts',
    from: 'await requireThatItFits(app, userId, spend)',
    to: '',
    test: RESET_TEST,
    only: 'says nothing of earlier passwords',
  },
  {
    name: 'one administrator resets a privileged password alone',
    file: 'apps/api/src/services/users/send-reset.ts',
    from: 'if (isPrivileged) {',
    to: 'if (isPrivileged && userId === user.id) {',
    test: RESET_TEST,
    only: 'can not do it alone for somebody with a privileged role',
  },
  {
    name: 'a link outlives a lockdown',
    file: 'apps/api/src/services/users/suspend-account.ts',
    from: '  await revokeLinks(tx, app, id)\n',
    to: '',
    test: RESET_TEST,
    only: 'is withdrawn by a lockdown',
  },
  {
    name: 'a link counts twice',
    file: 'apps/api/src/services/auth/account-link.ts',
    from: "if (spent.length === 0) throw new ChartwardError('LINK_INVALID')",
    to: '',
    test: IDENTITY_TEST,
    only: 'of two who confirm at once',
  },
  {
    name: 'a link that somebody has changed counts',
    file: 'apps/api/src/services/auth/account-link.ts',
    from: "(await vouching.admits('account-link', row.account_links)) &&",
    to: '',
    test: IDENTITY_TEST,
    only: 'put into its link',
  },
  {
    name: 'a link that went to the earlier address counts',
    file: 'apps/api/src/services/auth/confirm-address.ts',
    from: 'await revokeLinks(tx, app, userId)',
    to: '',
    test: IDENTITY_TEST,
    only: 'withdraws a link to a new password',
  },
]
