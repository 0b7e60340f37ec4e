import { claimOutcome, claimStatus, searchClaimsInput } from '@chartward/contract'
import { Button, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Form } from '../../../components/form.tsx'
import type { Failure } from '../../../lib/errors.ts'
import { sentence } from '../../../lib/format.ts'
import { useSearchKey } from '../../../lib/keyboard/use-shortcuts.ts'
import type { Inputs } from '../../../lib/trpc.ts'
import { useContractForm } from '../../../lib/use-contract-form.ts'
import classes from './claims.module.css'
import type { Typed } from './claims-memory.ts'

type Input = Inputs['claims']['search']

interface Props {
  start: Typed
  pending: boolean
  failure: Failure | null
  onSearch: (input: Input, typed: Typed) => void
  /** Told which failure stands at a field, so that it is said once. */
  children: (refused: boolean) => React.ReactNode
}

const words = (options: readonly string[]) => options.map((value) => ({ value, label: sentence(value) }))

const inputOf = (typed: Typed): Input => {
  const { status, outcome, ...texts } = typed
  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
    status: claimStatus.options.find((option) => option === status),
    outcome: claimOutcome.options.find((option) => option === outcome),
  }
}

const plain = { autoComplete: 'off', spellCheck: false } as const

/**
 * What claims are found by, and what narrows them. A search runs when it is asked for: each is an audit
 * entry.
 */
export const ClaimForm = ({ start, pending, failure, onSearch, children }: Props) => {
  const fields = useContractForm({
    schema: searchClaimsInput,
    start,
    input: inputOf,
    says: { month: 'Choose a year and a month, such as 2026-03.' },
    failure,
    keep: false,
  })
  return (
    <>
      <Form
        fields={fields}
        pending={pending}
        onSubmit={(input) => onSearch(input, fields.values)}
        className={classes.form}
      >
        <fieldset className={classes.fields}>
          <legend className={classes.legend}>Find by one of these, or by several together</legend>
          <TextInput
            label="Claim number"
            ref={useSearchKey()}
            aria-keyshortcuts="/"
            {...plain}
            {...fields.field('number')}
          />
          <TextInput
            label="Payer"
            placeholder="The whole name or number"
            {...plain}
            {...fields.field('payer')}
          />
          <TextInput label="Month of service" type="month" {...fields.field('month')} />
          <TextInput label="MRN" placeholder="The whole number" {...plain} {...fields.field('mrn')} />
        </fieldset>
        <fieldset className={classes.fields}>
          <legend className={classes.legend}>Of those, only</legend>
          <TextInput
            label="Total from"
            inputMode="decimal"
            placeholder="0.00"
            {...plain}
            {...fields.field('atLeast')}
          />
          <TextInput
            label="Total to"
            inputMode="decimal"
            placeholder="0.00"
            {...plain}
            {...fields.field('atMost')}
          />
          <Select
            label="State"
            placeholder="Any"
            clearable
            data={words(claimStatus.options)}
            {...fields.choice('status')}
          />
          <Select
            label="Payer’s answer"
            placeholder="Any"
            clearable
            data={words(claimOutcome.options)}
            {...fields.choice('outcome')}
          />
        </fieldset>
        <Button
          type="submit"
          className={classes.submit ?? ''}
          loading={pending}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
        >
          Find claims
        </Button>
      </Form>
      {children(fields.refused !== null)}
    </>
  )
}
