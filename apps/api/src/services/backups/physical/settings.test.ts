import { describe, expect, it } from 'vitest'
import { checkPgBackRest } from './settings.ts'

const GOOD = `[global]
repo1-path=/srv/repo
repo1-cipher-type=aes-256-cbc
repo1-retention-full-type=time
repo1-retention-full=14

[main]
pg1-path=/var/lib/postgresql/15/main
`

describe('the configuration of pgBackRest', () => {
  it('is taken where nothing is kept in the clear, nor for longer than 35 days', () => {
    expect(() => checkPgBackRest(GOOD, 'main')).not.toThrow()
  })

  it.each([
    ['without the stanza', GOOD.replace('[main]', '[other]'), 'no section'],
    ['without a repository', GOOD.replace('repo1-path=/srv/repo', ''), 'repo1-path'],
    ['in the clear', GOOD.replace('aes-256-cbc', 'none'), 'cipher-type'],
    ['by number of backups', GOOD.replace('type=time', 'type=count'), 'retention-full-type=time'],
    ['for 35 days and more', GOOD.replace('full=14', 'full=35'), 'below 35'],
    ['for ever', GOOD.replace('repo1-retention-full=14', ''), 'below 35'],
    ['with WAL kept for longer', `${GOOD}repo1-retention-archive=90\n`, 'leave repo1-retention-archive out'],
    ['in a second repository in the clear', `${GOOD}repo2-path=/srv/more\n`, 'repo2-cipher-type'],
  ])('is refused %s', (_, text, said) => {
    expect(() => checkPgBackRest(text, 'main')).toThrow(said)
  })
})
