import { ALL_PERMISSIONS, isPermission, PERMISSIONS, type Permission } from '@chartward/policy'
import { Select } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AsOfField, momentOf } from '../../components/as-of-field.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Panel } from '../../components/panel.tsx'
import { WhyAnswer } from '../../components/why-answer.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './users.module.css'

const CHOICES = ALL_PERMISSIONS.map((permission) => ({
  value: permission,
  label: PERMISSIONS[permission].description,
}))

/** Why somebody may do something, or may not: asked of the policy that decides it, now or as of a day. */
const Why = ({ userId }: { userId: string }) => {
  const [permission, setPermission] = useState<Permission | null>(null)
  const [day, setDay] = useState('')
  const answer = useQuery(
    trpc.why.may.queryOptions(permission === null ? skipToken : { userId, permission, ...momentOf(day) }),
  )
  return (
    <Panel title="Why can they do this?">
      <div className={classes.asked}>
        <Select
          label="What"
          placeholder="Choose what is done"
          description="What is about patients is answered for any patient at all; the patient’s page answers it for one."
          searchable
          data={CHOICES}
          value={permission}
          onChange={(value) => setPermission(value !== null && isPermission(value) ? value : null)}
        />
        <AsOfField value={day} onChange={setDay} />
      </div>
      <div aria-live="polite">
        {permission === null ? null : (
          <Loaded answer={answer} height={200}>
            {(why: Outputs['why']['may']) => <WhyAnswer why={why} />}
          </Loaded>
        )}
      </div>
    </Panel>
  )
}

/** Comes beside the page. */
export default Why
