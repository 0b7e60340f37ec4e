import { careWindowInput } from '@chartward/contract'
import { Button, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Form } from '../../components/form.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Panel } from '../../components/panel.tsx'
import { countOf } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import classes from './home.module.css'

type Counted = Outputs['care']['window']

/** For how long encounters count as care, and what another window would end: seen before it is set. */
const CareWindow = () => {
  const [asked, setAsked] = useState<number | null>(null)
  const answer = useQuery({
    ...trpc.care.window.queryOptions(asked === null ? {} : { days: asked }),
    placeholderData: (before) => before,
  })
  const fields = useContractForm({
    schema: careWindowInput,
    start: { days: '' },
    input: ({ days }) => (days === '' ? {} : { days: Number(days) }),
    says: { days: 'Type a number of days.' },
    failure: null,
  })
  const days = fields.field('days')
  return (
    <Panel title="Care window">
      <Loaded answer={answer} height={72}>
        {(counted) => <Said counted={counted} />}
      </Loaded>
      <Form fields={fields} pending={answer.isFetching} onSubmit={(input) => setAsked(input.days ?? null)}>
        <Group align="flex-end" gap="xs" mt="xs">
          <TextInput
            label="By another window"
            description="In days. Nothing is changed by looking."
            inputMode="numeric"
            autoComplete="off"
            w={220}
            {...days}
          />
          <Button type="submit" variant="default" loading={answer.isFetching}>
            Count
          </Button>
        </Group>
      </Form>
    </Panel>
  )
}

const Said = ({
  counted: { days, asked, inForce, end, begin, chartsShut, people },
}: {
  counted: Counted
}) => (
  <>
    <p className={classes.said}>
      An imported encounter counts as care for {countOf(days, 'day')} after its end:{' '}
      {countOf(inForce, 'relationship')} of people with an account are in force. It is set by the operator
      (CHARTWARD_CARE_RELATIONSHIP_DAYS), and takes effect at the next start.
    </p>
    {asked === days ? null : (
      <p role="status">
        <strong>By {countOf(asked, 'day')}</strong>, {countOf(end, 'relationship')} would end: that shuts{' '}
        {countOf(chartsShut, 'chart')} for {countOf(people, 'person', 'people')}.
        {begin === 0 ? null : ` ${countOf(begin, 'other')} would begin.`}
      </p>
    )}
  </>
)

export default CareWindow
