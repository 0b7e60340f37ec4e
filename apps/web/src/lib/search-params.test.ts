import { id } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { calendarDay, maybe, word } from './search-params.ts'

const schema = z.object({ id: maybe(id), day: maybe(calendarDay), what: maybe(word) })

describe('search parameters', () => {
  it('keeps what is well formed', () => {
    const search = { id: '0193521b-7c00-7aaa-8aaa-00000000abcd', day: '2026-11-22', what: 'patient.viewed' }
    expect(schema.parse(search)).toEqual(search)
  })

  it('drops what is not, and what nobody asked for: no typed text survives in a URL', () => {
    const parsed = schema.parse({ id: 'Jane Doe', day: 'today', what: 'a b', text: 'Jane' })
    expect(Object.values(parsed).filter((value) => value !== undefined)).toEqual([])
    expect(schema.parse({})).toEqual({})
  })
})
