import { describe, expect, it } from 'vitest'
import { actorName, kindText } from './actor-name.ts'

describe('who did something', () => {
  it('is a person by their name, and a program by what it is for', () => {
    expect(actorName({ kind: 'user', name: 'Oda Fairweather' })).toBe('Oda Fairweather')
    expect(actorName({ kind: 'user', name: 'import' })).toBe('import')
    expect(actorName({ kind: 'service', name: 'build-export' })).toBe('Export builder')
    expect(actorName({ kind: 'system', name: 'a-later-one' })).toBe('A later one')
  })

  it('is told apart as a user or a program, whatever a changed row says', () => {
    expect(kindText('user')).toBe('user')
    expect(kindText('system')).toBe('program of the installation')
    expect(kindText('some-thing')).toBe('some thing')
  })
})
