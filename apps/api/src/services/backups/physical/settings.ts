import { BackupError } from '../errors.ts'
import { KEY_DAYS } from '../rows.ts'

/** The sections of pgBackRest's configuration file, each with its options. */
const parse = (text: string): Map<string, Map<string, string>> => {
  const sections = new Map<string, Map<string, string>>()
  let current = new Map<string, string>()
  for (const line of text.split('\n')) {
    const section = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1]
    if (section !== undefined) {
      current = sections.get(section) ?? new Map()
      sections.set(section, current)
      continue
    }
    const [, key, value] = /^\s*([a-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) current.set(key, value)
  }
  return sections
}

const refused = (what: string) =>
  new BackupError('server', `pgBackRest is set up otherwise than a physical backup may be: ${what}`)

/**
 * Sees that pgBackRest keeps what it may keep: each repository encrypted, since it holds the whole database
 * with the wrapped keys, and nothing for longer than 35 days, WAL included, or no shred would ever be final.
 * Throws BackupError, which says what to set.
 */
export const checkPgBackRest = (text: string, stanza: string): void => {
  const sections = parse(text)
  const own = sections.get(stanza)
  if (own === undefined) throw refused(`its file has no section [${stanza}].`)
  const option = (name: string): string | undefined => own.get(name) ?? sections.get('global')?.get(name)
  const names = [...own.keys(), ...(sections.get('global')?.keys() ?? [])]
  const repos = new Set(names.flatMap((name) => /^(repo\d+)-path$/.exec(name)?.[1] ?? []))
  if (repos.size === 0) throw refused('it names no repository: set repo1-path.')
  for (const repo of repos) {
    if (option(`${repo}-cipher-type`) !== 'aes-256-cbc')
      throw refused(`set ${repo}-cipher-type=aes-256-cbc, and its passphrase.`)
    if (option(`${repo}-retention-full-type`) !== 'time')
      throw refused(`set ${repo}-retention-full-type=time: retention is counted in days.`)
    const days = Number(option(`${repo}-retention-full`))
    if (!Number.isInteger(days) || days < 1 || days >= KEY_DAYS)
      throw refused(
        `set ${repo}-retention-full to a number of days below ${KEY_DAYS}: wrapped keys are in it.`,
      )
    for (const name of [`${repo}-retention-archive`, `${repo}-retention-archive-type`])
      if (option(name) !== undefined)
        throw refused(`leave ${name} out: WAL goes with the backup that it belongs to.`)
  }
}
