import { useNavigate } from '@tanstack/react-router'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { type PatientRow, patientColumns } from './patient-columns.tsx'
import { useKeptPatients } from './use-kept-patients.ts'

export const MyPatients = () => {
  const navigate = useNavigate()
  const queryKey = trpc.patients.mine.queryKey()
  const { query, rows } = usePages<PatientRow, Outputs['patients']['mine']>({
    queryKey,
    fetchPage: (cursor, signal) => client.patients.mine.query(cursor === null ? {} : { cursor }, { signal }),
    ...useKeptPatients(queryKey),
  })
  return (
    <Panel title="In your care" flush>
      <DataTable
        id="my-patients"
        sort={useUrlSort()}
        caption="Patients in your care"
        columns={patientColumns}
        rows={rows}
        rowKey={({ id }) => id}
        query={query}
        onRowClick={({ id }) => void navigate({ to: '/patients/$id', params: { id } })}
        empty={
          <EmptyState title="No patient is in your care yet">
            A care relationship comes from an encounter, an appointment or a referral, or a colleague adds you
            to the care team. If you treat patients here, ask an administrator whether your account is linked
            to your practitioner record.
          </EmptyState>
        }
      />
    </Panel>
  )
}
