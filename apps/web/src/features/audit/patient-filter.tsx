import type { SearchedBy } from '@chartward/contract'
import { useState } from 'react'
import type { Column } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { type FoundPatient, PatientFinder } from '../../components/patient-finder.tsx'
import { shortId } from '../../lib/format.ts'

interface Props {
  opened: boolean
  onClose: () => void
  onPick: (id: string) => void
}

const columnsOf = (onPick: Props['onPick']): readonly Column<FoundPatient>[] => [
  {
    key: 'pick',
    label: 'Patient',
    cell: ({ id, values }) => (
      // A mask explains itself on focus, so the name stands beside the button and not inside it.
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
const PatientFilter = ({ opened, onClose, onPick }: Props) => {
  const [by, setBy] = useState<SearchedBy>('mrn')
  return (
    <Dialog opened={opened} onClose={onClose} title="Entries about one patient" size="lg">
      <PatientFinder by={by} byName onBy={setBy} columns={columnsOf(onPick)} onPick={onPick} />
    </Dialog>
  )
}

/** Loaded when it is first opened. */
export default PatientFilter
