import { type SearchedBy, searchedBy, searchPatientsInput } from '@chartward/contract'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Form } from '../../components/form.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { shortId } from '../../lib/format.ts'
import { client, type Inputs, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import classes from './audit.module.css'

type Row = Outputs['patients']['search']['items'][number]

interface Props {
  opened: boolean
  onClose: () => void
  onPick: (id: string) => void
}

const columnsOf = (onPick: Props['onPick']): readonly Column<Row>[] => [
  {
    key: 'pick',
    label: 'Patient',
    cell: ({ id, values }) => (
      <>
        <FieldValue type="HumanName[]" value={values.name} />{' '}
        <OpenButton onClick={() => onPick(id)}>Choose {shortId(id)}</OpenButton>
      </>
    ),
  },
  { key: 'mrn', label: 'MRN', cell: ({ values }) => <FieldValue type="Identifier[]" value={values.mrn} /> },
  { key: 'born', label: 'Born', cell: ({ values }) => <FieldValue type="date" value={values.birthDate} /> },
]

/** The log of one patient, who is found by name or MRN: only their id comes into the address. */
const PatientFilter = ({ opened, onClose, onPick }: Props) => (
  <Dialog opened={opened} onClose={onClose} title="Entries about one patient" size="lg">
    <Search onPick={onPick} />
  </Dialog>
)

const Search = ({ onPick }: Pick<Props, 'onPick'>) => {
  const [by, setBy] = useState<SearchedBy>('mrn')
  const { act, pending, failure, result, reset } = useAct({
    mutationFn: (input: Inputs['patients']['search']) => client.patients.search.query(input),
  })
  const fields = useContractForm({
    schema: searchPatientsInput,
    start: { text: '' },
    input: ({ text }) => ({ by, text }),
    failure,
    keep: false,
  })
  return (
    <div className={classes.stack}>
      <Form fields={fields} pending={pending} onSubmit={act} className={classes.find}>
        <SegmentedControl
          aria-label="Search by"
          data={[
            { value: 'mrn', label: 'MRN' },
            { value: 'name', label: 'Name' },
          ]}
          value={by}
          onChange={(value) => {
            reset()
            setBy(searchedBy.safeParse(value).data ?? 'mrn')
          }}
        />
        <TextInput
          aria-label={by === 'mrn' ? 'Medical record number' : 'Patient name'}
          placeholder={by === 'mrn' ? 'The whole medical record number' : 'Parts of the name, in any order'}
          autoComplete="off"
          spellCheck={false}
          className={classes.grow ?? ''}
          {...fields.field('text')}
        />
        <Button type="submit" loading={pending}>
          Search
        </Button>
      </Form>
      <div aria-live="polite">
        {failure === null || fields.refused !== null ? null : <FailureNotice failure={failure} />}
        {result === undefined ? null : (
          <DataTable
            caption="Patients found"
            columns={columnsOf(onPick)}
            rows={result.items}
            rowKey={({ id }) => id}
            empty={<EmptyState title="No patient found" />}
          />
        )}
      </div>
    </div>
  )
}

/** Loaded when it is first opened. */
export default PatientFilter
