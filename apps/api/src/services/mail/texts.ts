import { isNoticeWord, type NoticeWord } from '@chartward/contract'

/*
 * Every mail that is sent. None names anybody, nor anything of a patient: a mailbox is not ours, and what
 * lies in it is read by others. The links hold a token in their fragment, which browsers send to nobody.
 */

/** What a mail says, before it is written as text and as HTML. */
export interface MailText {
  readonly subject: string
  readonly lines: readonly string[]
  /** The one link, under which everything that it opens is said again. */
  readonly link: { readonly label: string; readonly url: string } | null
  readonly after: readonly string[]
}

interface Link {
  readonly url: string
  /** When it ends, in the installation's time. */
  readonly until: string
}

const NOBODY_ASKS =
  'Nobody of Chartward asks you for your password or a code, by mail or by telephone. If you did not expect this message, tell an administrator.'

export const invitationMail = ({ url, until }: Link): MailText => ({
  subject: 'Your invitation to Chartward',
  lines: [
    'An account was made for you. Open this link to choose a password and to set up a second factor, for which you need an authenticator app on your phone.',
  ],
  link: { label: 'Set up your account', url },
  after: [
    `It counts once, and until ${until}. Give it to nobody: whoever opens it takes your account.`,
    NOBODY_ASKS,
  ],
})

export const resetMail = ({ url, until }: Link): MailText => ({
  subject: 'Choose a new password for Chartward',
  lines: [
    'A new password for your account was asked for. Open this link to choose it. You are asked for a code of your second factor too, which stays as it is.',
  ],
  link: { label: 'Choose a new password', url },
  after: [
    `It counts once, and until ${until}. If you did not ask for it, leave it: without a code of yours it opens nothing, and your password stays as it is.`,
    NOBODY_ASKS,
  ],
})

export const addressMail = ({ url, until }: Link): MailText => ({
  subject: 'Confirm this address for Chartward',
  lines: [
    'This address is to be the one that an account signs in with. Open this link to say that it is yours; until then the earlier address counts.',
  ],
  link: { label: 'Confirm this address', url },
  after: [`It counts once, and until ${until}. If you know of no such account, leave it.`, NOBODY_ASKS],
})

/**
 * Everything that is mailed to a patient: that somebody is one is nothing for a mailbox, so that it says only
 * that there is something, and the same whatever it is.
 */
export const patientMail = (url: string): MailText => ({
  subject: 'There is something for you',
  lines: ['There is something for you. Open this link to see what it is.'],
  link: { label: 'See what it is', url },
  after: ['If you did not expect this message, leave it: the link opens nothing by itself.'],
})

const IT_WAS_I = 'If it was you, there is nothing to do. If not, tell an administrator at once.'

const NOTICES: Readonly<Record<NoticeWord, (role: string) => readonly [subject: string, said: string]>> = {
  'password-changed': () => ['Your password was changed', 'The password of your account was changed.'],
  'password-reset-sent': () => [
    'A new password was asked for',
    'An administrator has had a link sent to you by which you choose a new password.',
  ],
  'password-reset': () => [
    'Your password was reset',
    'A new password was chosen for your account by a link and a code of your second factor. Every session has ended.',
  ],
  'name-changed': () => ['Your name was changed', 'An administrator has changed the name of your account.'],
  'address-change-asked': () => [
    'Another address for your account',
    'Another address is to be the one of your account. It counts as soon as it has been confirmed there; until then this one does.',
  ],
  'address-changed': () => [
    'The address of your account was changed',
    'Another address is the one of your account from now on: no more mail about it comes here.',
  ],
  'recovery-code-used': () => [
    'A recovery code was used',
    'One of your recovery codes was used, and counts no more.',
  ],
  'factor-added': () => ['A second factor was added', 'A second factor was added to your account.'],
  'factor-removed': () => [
    'A second factor was removed',
    'One of the second factors of your account was removed.',
  ],
  'recovery-codes-renewed': () => [
    'New recovery codes',
    'Your account got new recovery codes; the earlier ones are void.',
  ],
  'passkey-suspected': () => [
    'A passkey was refused',
    'A passkey of your account was refused: it may have been copied. Remove it in My account.',
  ],
  'lost-factor-agreed': () => [
    'Your second factor counts as lost',
    'Two administrators agreed that you have lost your second factor and enrol another. If you have not, tell an administrator at once; as long as you can sign in still, call it off in My account.',
  ],
  'lost-factor-called-off': () => [
    'Called off: another second factor',
    'It was called off that you enrol another second factor.',
  ],
  'new-device': () => ['A new device', 'Your account was used on a device that is new to it.'],
  lockout: () => [
    'Somebody is guessing at your account',
    'A wrong password or code was given for your account five times in a row. Where that was, no more of them are taken for 30 minutes; other devices that you have used before go on.',
  ],
  'authenticator-refused': () => [
    'A hundred wrong guesses at your account',
    'A hundred attempts to sign in as you have failed. Where that was, your password or code is refused until you set a new one: on all devices that don’t know you, or on the one that it was. Others that do know you go on.',
  ],
  'sessions-ended': () => ['Sessions were ended', 'An administrator has ended sessions of your account.'],
  'locked-down': () => [
    'Your account is locked down',
    'Your account was locked down: nobody signs in with it until a second person has looked at it.',
  ],
  'role-given': (role) => ['A role was given', `Your account was given the role ${role}.`],
  'role-changed': (role) => [
    'A role has changed',
    `What your role ${role} permits has changed. My account says what it permits now.`,
  ],
  'role-ended': (role) => ['A role has ended', `The role ${role} of your account was ended.`],
  'break-glass-opened': () => [
    'Break-glass: a use waits for your review',
    'Somebody has broken the glass. What it is about stands in Chartward alone.',
  ],
  'break-glass-waiting': () => [
    'Break-glass: a use has waited too long',
    'A use of break-glass has waited for its review for too long.',
  ],
  'break-glass-ended': () => [
    'Break-glass: your use was ended',
    'A use of break-glass of yours was ended by whoever reviews.',
  ],
  'break-glass-reviewed': () => [
    'Break-glass: your use was reviewed',
    'A use of break-glass of yours was reviewed. The verdict stands in Chartward.',
  ],
  'cover-given': () => ['A cover names you', 'Patients were handed over in a cover that names you.'],
  'cover-ended': () => ['A cover has ended', 'A cover that named you was ended.'],
}

/**
 * What is told of an account: from which address it was done, and when; never by which browser, a text that
 * anybody makes.
 */
export const noticeMail = (said: {
  readonly word: string
  readonly role: string | null
  readonly at: string
  readonly ip: string | null
  readonly accountUrl: string
}): MailText | null => {
  const { word, role, at, ip, accountUrl } = said
  if (!isNoticeWord(word)) return null
  const [subject, line] = NOTICES[word](role ?? '')
  return {
    subject,
    lines: [
      line,
      ip === null ? `This was on ${at}.` : `This was on ${at}, from the address ${ip}.`,
      IT_WAS_I,
    ],
    link: { label: 'Your account', url: accountUrl },
    after: [NOBODY_ASKS],
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The same as plain text and as HTML: without pictures, styles of elsewhere, or anything that is fetched. */
export const written = ({ lines, link, after }: MailText): { text: string; html: string } => {
  const plain = [...lines, ...(link === null ? [] : [link.url]), ...after]
  const paragraphs = (said: readonly string[]): string =>
    said.map((line) => `<p>${escaped(line)}</p>`).join('\n')
  const anchor =
    link === null
      ? ''
      : `<p><a href="${escaped(link.url)}">${escaped(link.label)}</a></p>\n<p>${escaped(link.url)}</p>`
  return {
    text: `${plain.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><body style="font-family:sans-serif;line-height:1.5">\n${paragraphs(lines)}\n${anchor}\n${paragraphs(after)}\n</body></html>\n`,
  }
}
