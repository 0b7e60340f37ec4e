import { NAME_SEARCH_NEEDS, type SearchedBy, searchPatientsInput } from '@chartward/contract'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useSearchKey } from '../lib/keyboard/use-shortcuts.ts'
import { client, type Inputs, type Outputs } from '../lib/trpc.ts'
import { useAct } from '../lib/use-act.ts'
import { useContractForm } from '../lib/use-contract-form.ts'
import { type Column, DataTable } from './data-table.tsx'
import { EmptyState } from './empty-state.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { Form } from './form.tsx'
import { Notice } from './notice.tsx'
import classes from './patient-finder.module.css'

export type FoundPatients = Outputs['patients']['search']
export type FoundPatient = FoundPatients['items'][number]

interface Props {
  by: SearchedBy
  /** Whether names can be searched by: what is masked can't, or the answer would tell what the mask hides. */
  byName: boolean
  onBy: (by: SearchedBy) => void
  /** What was searched for last, and found. */
  last?: { readonly text: string; readonly result: FoundPatients } | null | undefined
  onFound?: (text: string, result: FoundPatients) => void
  columns: readonly Column<FoundPatient>[]
  onPick: (id: string) => void
}

/**
 * Patients by name or MRN. What is typed here is about a patient: it lives in this tab's memory alone, never
 * in the URL, the window's title, storage or a query key. A search runs when it is asked for, not while
 * typing, since each one is an audit entry.
 */
export const PatientFinder = ({ by, byName, onBy, last, onFound, columns, onPick }: Props) => {
  const {
    act,
    pending,
    failure,
    result: found,
    reset,
  } = useAct({
    mutationFn: (input: Inputs['patients']['search']) => client.patients.search.query(input),
    onDone: (result, { text }) => onFound?.(text, result),
  })
  const result = found ?? (pending || failure !== null ? undefined : last?.result)
  const fields = useContractForm({
    schema: searchPatientsInput,
    start: { text: last?.text ?? '' },
    input: ({ text }) => ({ by, text }),
    failure,
    keep: false,
  })
  const text = fields.field('text')
  return (
    <>
      <Form fields={fields} pending={pending} onSubmit={act} className={classes.search}>
        {byName ? (
          <SegmentedControl
            aria-label="Search by"
            data={[
              { value: 'name', label: 'Name' },
              { value: 'mrn', label: 'MRN' },
            ]}
            value={by}
            onChange={(value) => {
              reset()
              onBy(value === 'mrn' ? 'mrn' : 'name')
            }}
          />
        ) : null}
        <TextInput
          aria-label={by === 'mrn' ? 'Medical record number' : 'Patient name'}
          placeholder={by === 'mrn' ? 'The whole medical record number' : 'Parts of the name, in any order'}
          className={classes.field ?? ''}
          ref={useSearchKey()}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          // The server's own words for too little are the same.
          description={by === 'mrn' || text.error === NAME_SEARCH_NEEDS ? undefined : NAME_SEARCH_NEEDS}
          {...text}
        />
        <Button type="submit" loading={pending} leftSection={<IconSearch size={16} aria-hidden="true" />}>
          Search
        </Button>
      </Form>
      <div aria-live="polite">
        {failure === null || fields.refused !== null ? null : <FailureNotice failure={failure} />}
        {result === undefined ? null : (
          <div className={classes.found}>
            {result.truncated ? (
              <Notice tone="info">
                Only the first matches are shown. Type more of the name to narrow them down.
              </Notice>
            ) : null}
            <DataTable
              caption="Patients found"
              columns={columns}
              rows={result.items}
              rowKey={({ id }) => id}
              onRowClick={({ id }) => onPick(id)}
              empty={
                <EmptyState title="No patient found">
                  {by === 'mrn'
                    ? 'A medical record number has to match as a whole.'
                    : 'Each part of a name matches from its beginning. Check the spelling, or search by MRN.'}{' '}
                  Patients whom your roles don’t let you see are not found either.
                </EmptyState>
              }
            />
          </div>
        )}
      </div>
    </>
  )
}
