import { saveRoleDraftInput } from '@chartward/contract'
import { LABELS, SECURITY_LABELS } from '@chartward/policy'
import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Form } from '../../components/form.tsx'
import { Panel } from '../../components/panel.tsx'
import { ReasonField } from '../../components/reason-field.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { type Composed, composedOf, compositionFrom, LISTS, NOTHING } from './composed.ts'
import { FieldLevels } from './field-levels.tsx'
import { Cell, PermissionMatrix } from './permission-matrix.tsx'
import { REFRESH } from './refresh.ts'
import classes from './roles.module.css'
import { Theirs } from './theirs.tsx'

type Base = Outputs['roles']['get']

interface Props {
  /** What it begins with; null for a role from nothing. */
  base: Base | null
  isNew: boolean
}

/** The matrix and the fields, each setting marked that is not saved; who leaves with some is asked. */
export const EditorForm = ({ base, isNew }: Props) => {
  const navigate = useNavigate()
  const saved: Composed = base === null ? NOTHING : composedOf(base.composition)
  const [basedOn, setBasedOn] = useState(isNew ? null : (base?.latest ?? null))
  const done = useRef(false)
  const { act, pending, failure, reset } = useAct({
    mutationFn: (input: Inputs['roles']['saveDraft']) => client.roles.saveDraft.mutate(input),
    refresh: REFRESH,
    onDone: ({ version }, { name }) => {
      done.current = true
      notify({ message: `Version ${version} is saved as a draft. Nothing has changed for anybody.` })
      void navigate({ to: '/roles/$name', params: { name }, replace: true })
    },
  })
  const fields = useContractForm({
    schema: saveRoleDraftInput,
    start: {
      name: isNew ? '' : (base?.name ?? ''),
      title: isNew ? '' : (base?.title ?? ''),
      description: base?.description ?? '',
      ...saved,
      reason: '',
    },
    input: ({ name, title, description, reason, ...composed }) => ({
      name,
      basedOn,
      title: title.trim(),
      description: description.trim(),
      ...compositionFrom(composed),
      reason: reason.trim(),
    }),
    failure,
  })
  const blocker = useBlocker({
    shouldBlockFn: () => !done.current && fields.typed(),
    enableBeforeUnload: () => !done.current && fields.typed(),
    withResolver: true,
  })
  const now: Composed = fields.values
  return (
    <>
      <Form fields={fields} pending={pending} onSubmit={act} className={classes.stack}>
        <Panel title="What it is">
          <Stack gap="sm">
            {isNew ? (
              <TextInput
                label="Name"
                description="Stays for ever: assignments and the audit log have it. Small letters, digits and hyphens."
                {...fields.field('name')}
              />
            ) : null}
            <TextInput label="Title" {...fields.field('title')} />
            <Textarea label="What it is for" rows={4} {...fields.field('description')} />
          </Stack>
        </Panel>
        <Panel title="May do">
          <PermissionMatrix
            saved={saved}
            now={now}
            error={fields.field('permissions').error}
            onChange={fields.field('permissions').onChange}
          />
        </Panel>
        <Panel title="Sees of records">
          <FieldLevels
            saved={saved}
            now={now}
            errors={LISTS.map((list) => fields.field(list).error)}
            onChange={(lists) => {
              for (const list of LISTS) fields.field(list).onChange(lists[list])
            }}
          />
        </Panel>
        <Panel title="Restricted records, and break-glass">
          <Stack gap="sm">
            <Checkbox.Group
              label="Opens records labelled"
              {...fields.field('labels')}
              value={[...now.labels]}
            >
              <Stack gap="xs" mt="xs">
                {LABELS.map((label) => (
                  <Cell key={label} changed={now.labels.includes(label) !== saved.labels.includes(label)}>
                    <Checkbox value={label} label={SECURITY_LABELS[label]} />
                  </Cell>
                ))}
              </Stack>
            </Checkbox.Group>
            <Checkbox
              label="Break-glass may stand in for a care relationship"
              {...fields.box('breakGlass')}
            />
          </Stack>
        </Panel>
        {failure?.code === 'CONFLICT' && failure.field === 'version' && base !== null ? (
          <Theirs
            name={base.name}
            mine={compositionFrom(now)}
            onGoOn={(latest) => {
              setBasedOn(latest)
              reset()
            }}
          />
        ) : null}
        <Panel title="Save as a draft">
          <Stack gap="sm">
            <ReasonField {...fields.field('reason')} />
            {fields.failure === null ||
            fields.refused !== null ||
            fields.failure.field === 'version' ? null : (
              <FailureNotice failure={fields.failure} />
            )}
            <div className={classes.actions}>
              <Button type="submit" loading={pending}>
                Save the draft
              </Button>
            </div>
          </Stack>
        </Panel>
      </Form>
      <Dialog
        opened={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title="Leave without saving?"
        size="sm"
      >
        <Stack gap="md">
          <div>What is marked as unsaved is lost.</div>
          <div className={classes.actions}>
            <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
              Stay
            </Button>
            <Button color="red" onClick={() => blocker.proceed?.()}>
              Leave
            </Button>
          </div>
        </Stack>
      </Dialog>
    </>
  )
}
