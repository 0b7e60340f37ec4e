import { id, ip } from '@chartward/contract'
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import * as z from 'zod/mini'
import { troubleWith } from '../../lib/field.ts'
import classes from './audit.module.css'
import { isActionText } from './filter-words.ts'
import type { AuditSearch } from './filters.ts'

/** What can be typed, by the parameter that holds it; each is an id, an address, or words of actions. */
const KINDS = [
  { key: 'ip', label: 'Address', rule: ip, form: 'An address is like 192.0.2.7 or 2001:db8::7.' },
  { key: 'session', label: 'Session', rule: id, form: 'A session has an id of 36 characters.' },
  { key: 'request', label: 'Request', rule: id, form: 'A request has an id of 36 characters.' },
  { key: 'resource', label: 'Resource', rule: id, form: 'A resource has an id of 36 characters.' },
  {
    key: 'text',
    label: 'Action with',
    rule: z.string().check(z.refine(isActionText, { params: { says: 'no action has these words.' } })),
    form: 'Words of an action, like “record viewed”.',
  },
] as const satisfies readonly {
  readonly key: keyof AuditSearch
  readonly label: string
  readonly rule: z.ZodMiniType
  readonly form: string
}[]

/** A filter whose value is typed or pasted: it narrows when it is asked to, and then stands as a chip. */
export const MoreFilters = ({ onAdd }: { onAdd: (change: Partial<AuditSearch>) => void }) => {
  const [key, setKey] = useState<string>('ip')
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const kind = KINDS.find((one) => one.key === key) ?? KINDS[0]
  const trouble = troubleWith(kind.rule, text.trim(), kind.form)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (trouble !== null) return
    onAdd({ [kind.key]: kind.key === 'text' ? text.trim() : text.trim().toLowerCase() })
    setText('')
    setTried(false)
  }
  return (
    <form onSubmit={onSubmit} className={classes.find} noValidate>
      <Select
        aria-label="Filter by"
        allowDeselect={false}
        w={130}
        data={KINDS.map(({ key: value, label }) => ({ value, label }))}
        value={kind.key}
        onChange={(value) => {
          setKey(value ?? 'ip')
          setTried(false)
        }}
      />
      <TextInput
        aria-label={kind.label}
        placeholder={kind.key === 'text' ? 'record viewed' : 'Paste it here'}
        autoComplete="off"
        spellCheck={false}
        value={text}
        error={tried ? trouble : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default">
        Add
      </Button>
    </form>
  )
}
