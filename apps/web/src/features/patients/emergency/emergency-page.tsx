import { MOST_FOUND_IN_EMERGENCY, type SearchedBy, searchInEmergencyInput } from '@chartward/contract'
import { Button, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { BackLink } from '../../../components/back-link.tsx'
import { type Column, DataTable } from '../../../components/data-table.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureNotice } from '../../../components/failure-notice.tsx'
import { Form } from '../../../components/form.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Panel } from '../../../components/panel.tsx'
import { sentence } from '../../../lib/format.ts'
import { client, type Inputs, type Outputs } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { useContractForm } from '../../../lib/use-contract-form.ts'
import classes from '../patients.module.css'
import { BreakGlassDialog } from './break-glass-dialog.tsx'

type Found = Outputs['breakGlass']['search']['items'][number]

const route = getRouteApi('/emergency')

/**
 * Somebody outside one's care, by what identifies them and no part of it. What is typed and found lives in
 * this tab's memory alone.
 */
export const EmergencyPage = () => {
  const { by = 'mrn' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <BackLink to="/patients">All patients</BackLink>
      <PageHeader
        title="Find a patient in an emergency"
        windowTitle="Emergency"
        lead="For somebody whom you have to treat now and who is not in your care. Each search is logged, and so is each person shown."
      />
      <Panel>
        <Stack gap="md">
          <div>
            <SegmentedControl
              aria-label="Find by"
              data={[
                { value: 'mrn', label: 'MRN' },
                { value: 'name', label: 'Full name' },
              ]}
              value={by}
              onChange={(value) =>
                void navigate({ search: { by: value === 'name' ? 'name' : 'mrn' }, replace: true })
              }
            />
          </div>
          <Finder key={by} by={by} />
        </Stack>
      </Panel>
    </>
  )
}

const Finder = ({ by }: { by: SearchedBy }) => {
  const [wanted, setWanted] = useState<Found | null>(null)
  const {
    act,
    pending,
    failure,
    result: found,
  } = useAct({ mutationFn: (input: Inputs['breakGlass']['search']) => client.breakGlass.search.query(input) })
  const fields = useContractForm({
    schema: searchInEmergencyInput,
    start: { mrn: '', name: '', birthDate: '' },
    input: ({ mrn, name, birthDate }) => (by === 'mrn' ? { mrn } : { name, birthDate }),
    says: { birthDate: 'Choose the day of birth.' },
    failure,
    keep: false,
  })
  const plain = { autoComplete: 'off', spellCheck: false } as const
  return (
    <>
      <Form fields={fields} pending={pending} onSubmit={act} className={classes.emergency}>
        {by === 'mrn' ? (
          <TextInput
            label="Medical record number"
            description="The whole number: no part of it finds anybody."
            {...plain}
            {...fields.field('mrn')}
          />
        ) : (
          <>
            <TextInput
              label="Full name"
              description="Given name and family name, as they are registered."
              {...plain}
              {...fields.field('name')}
              data-autofocus
            />
            <TextInput label="Birth date" type="date" {...fields.field('birthDate')} />
          </>
        )}
        <Button type="submit" loading={pending}>
          Find
        </Button>
      </Form>
      <div aria-live="polite">
        {failure === null || fields.refused !== null ? null : <FailureNotice failure={failure} />}
        {found === undefined ? null : found.tooMany ? (
          <Notice tone="warn">
            More than {MOST_FOUND_IN_EMERGENCY} people fit, so none is shown. Use the MRN.
          </Notice>
        ) : (
          <DataTable
            caption="People found"
            columns={columnsOf(setWanted)}
            rows={found.items}
            rowKey={({ patientId }) => patientId}
            empty={
              <EmptyState title="Nobody found">
                All of it has to match: the whole number, or the full name together with the day of birth.
              </EmptyState>
            }
          />
        )}
      </div>
      <BreakGlassDialog patientId={wanted?.patientId ?? null} onClose={() => setWanted(null)} />
    </>
  )
}

const columnsOf = (onBreak: (found: Found) => void): readonly Column<Found>[] => [
  { key: 'name', label: 'Name', always: true, cell: ({ name }) => name },
  { key: 'born', label: 'Born in', width: '7rem', cell: ({ birthYear }) => birthYear ?? 'not recorded' },
  {
    key: 'sex',
    label: 'Sex',
    width: '8rem',
    cell: ({ sex }) => (sex === null ? 'not recorded' : sentence(sex)),
  },
  {
    key: 'act',
    label: 'Act',
    width: '11rem',
    always: true,
    cell: (found) => (
      <Button
        size="compact-sm"
        color="red"
        aria-label={`Break the glass for ${found.name}`}
        onClick={() => onBreak(found)}
      >
        Break the glass
      </Button>
    ),
  },
]
