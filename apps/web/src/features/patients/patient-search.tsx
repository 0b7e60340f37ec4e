import type { SearchedBy } from '@chartward/contract'
import { useNavigate } from '@tanstack/react-router'
import { Panel } from '../../components/panel.tsx'
import { PatientFinder } from '../../components/patient-finder.tsx'
import { patientColumns } from './patient-columns.tsx'
import { useSearchMemory } from './search-memory.ts'

type Props = { by: SearchedBy; byName: boolean; onBy: (by: SearchedBy) => void }

/** The patients whom the reader may see, found again as they were by whoever comes back from a chart. */
const PatientSearch = ({ by, byName, onBy }: Props) => {
  const navigate = useNavigate()
  const { last, keep } = useSearchMemory(by)
  return (
    <Panel title="Find a patient">
      <PatientFinder
        by={by}
        byName={byName}
        onBy={onBy}
        last={last}
        onFound={(text, result) => keep({ by, text, result })}
        columns={patientColumns}
        onPick={(id) => void navigate({ to: '/patients/$id', params: { id } })}
      />
    </Panel>
  )
}

export default PatientSearch
