import { id, ip } from '@chartward/contract'
import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import * as z from 'zod/mini'
import { Form } from '../../components/form.tsx'
import { useContractForm } from '../../lib/use-contract-form.ts'
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

type Kind = (typeof KINDS)[number]

interface Props {
  onAdd: (change: Partial<AuditSearch>) => void
}

/** A filter whose value is typed or pasted: it narrows when it is asked to, and then stands as a chip. */
const MoreFilters = ({ onAdd }: Props) => {
  const [key, setKey] = useState<string>('ip')
  const [added, setAdded] = useState(0)
  const kind = KINDS.find((one) => one.key === key) ?? KINDS[0]
  return (
    <div className={classes.find}>
      <Select
        aria-label="Filter by"
        allowDeselect={false}
        w={130}
        data={KINDS.map(({ key: value, label }) => ({ value, label }))}
        value={kind.key}
        onChange={(value) => setKey(value ?? 'ip')}
      />
      <Typed
        key={`${kind.key} ${added}`}
        kind={kind}
        onAdd={(change) => {
          onAdd(change)
          setAdded(added + 1)
        }}
      />
    </div>
  )
}

const Typed = ({ kind: { key, label, rule, form }, onAdd }: Props & { kind: Kind }) => {
  const fields = useContractForm({
    schema: z.strictObject({ value: rule }),
    start: { value: '' },
    input: ({ value }) => ({ value: key === 'text' ? value.trim() : value.trim().toLowerCase() }),
    says: { value: form },
    failure: null,
    keep: false,
  })
  return (
    <Form
      fields={fields}
      pending={false}
      onSubmit={({ value }) => onAdd({ [key]: value })}
      className={classes.find}
    >
      <TextInput
        aria-label={label}
        placeholder={key === 'text' ? 'record viewed' : 'Paste it here'}
        autoComplete="off"
        spellCheck={false}
        {...fields.field('value')}
        data-autofocus={undefined}
      />
      <Button type="submit" variant="default">
        Add
      </Button>
    </Form>
  )
}

/** Loaded when it is first opened. */
export default MoreFilters
