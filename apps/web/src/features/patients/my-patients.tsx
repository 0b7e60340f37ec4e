import type { PatientOrder } from '@chartward/contract'
import { Button, SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { GiveCover } from '../../components/cover/give-cover.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { hiddenName, NamesSwitch } from '../../components/patient-name.tsx'
import { useCan } from '../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { usePages } from '../../lib/use-pages.ts'
import { useUrlSort } from '../../lib/use-url-sort.ts'
import { type PatientRow, patientColumns } from './patient-columns.tsx'
import classes from './patients.module.css'
import { useKeptPatients } from './use-kept-patients.ts'

const WHY_NOT = {
  'not-permitted': 'By last contact: your roles mask names, and an order by them would tell what is masked.',
  'too-many': 'By last contact: there are too many patients in your care to put them in order by name.',
} as const

type Props = { order: PatientOrder; onOrder: (order: PatientOrder) => void }

export const MyPatients = ({ order, onOrder }: Props) => {
  const navigate = useNavigate()
  const can = useCan()
  const [handing, setHanding] = useState<readonly string[] | null>(null)
  const queryKey = trpc.patients.mine.queryKey({ order })
  const { query, rows, first } = usePages<PatientRow, Outputs['patients']['mine']>({
    queryKey,
    fetchPage: (cursor, signal) =>
      client.patients.mine.query({ order, ...(cursor === null ? {} : { cursor }) }, { signal }),
    ...useKeptPatients(queryKey),
  })
  return (
    <Panel
      title="In your care"
      flush
      aside={
        <div className={classes.controls}>
          <SegmentedControl
            aria-label="Order"
            size="xs"
            data={[
              { value: 'last-contact', label: 'Last contact' },
              { value: 'name', label: 'Name' },
            ]}
            value={order}
            onChange={(value) => onOrder(value === 'name' ? 'name' : 'last-contact')}
          />
          <NamesSwitch />
        </div>
      }
    >
      {first === undefined || first.whyNotByName === null ? null : (
        <p className={classes.note}>{WHY_NOT[first.whyNotByName]}</p>
      )}
      <DataTable
        id="my-patients"
        sort={useUrlSort()}
        caption="Patients in your care"
        columns={patientColumns}
        rows={rows}
        rowKey={({ id }) => id}
        query={query}
        {...(can('care:cover:give')
          ? {
              selection: {
                noun: ['patient', 'patients'] as const,
                label: ({ values }: PatientRow) => hiddenName(values),
                act: (chosen: readonly PatientRow[]) => (
                  <Button size="compact-xs" onClick={() => setHanding(chosen.map(({ id }) => id))}>
                    Hand to colleagues
                  </Button>
                ),
              },
            }
          : {})}
        onRowClick={({ id }) => void navigate({ to: '/patients/$id', params: { id } })}
        empty={
          <EmptyState title="No patient is in your care yet">
            A care relationship comes from an encounter, an appointment or a referral, or a colleague adds you
            to the care team. If you treat patients here, ask an administrator whether your account is linked
            to your practitioner record.
          </EmptyState>
        }
      />
      <GiveCover
        opened={handing !== null}
        onClose={() => setHanding(null)}
        patients={handing === null ? 'all' : [...handing]}
      />
    </Panel>
  )
}
