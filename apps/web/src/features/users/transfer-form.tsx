import { department, employeeNumber } from '@chartward/contract'
import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import { trpc } from '../../lib/trpc.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import { ImpactForm, type PeopleAct } from './impact-form.tsx'
import { useRoles } from './role-choice.tsx'
import type { User } from './types.ts'

const SCHEMA = z.strictObject({
  department: z.nullable(department),
  managerId: z.nullable(z.string()),
  employeeNumber: z.nullable(employeeNumber),
  roles: z.array(z.string()),
})
const SAYS = {
  department: 'Up to 80 characters, in one line.',
  employeeNumber: 'Up to 32 letters, digits and . / _ - without accents, a letter or digit first.',
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Where somebody works from now on, under whom, and which roles they hold then; next, what that comes to. */
export const TransferForm = ({ user, onClose }: { user: User; onClose: () => void }) => {
  const [change, setChange] = useState<PeopleAct | null>(null)
  const held = user.assignments.filter(({ ended }) => !ended)
  const roles = useRoles()
  const fields = useContractForm({
    schema: SCHEMA,
    start: {
      department: user.department ?? '',
      managerId: user.manager?.id ?? '',
      employeeNumber: user.employeeNumber ?? '',
      roles: held.map(({ role }) => role) as readonly string[],
    },
    input: (given) => ({
      department: orNull(given.department),
      managerId: orNull(given.managerId),
      employeeNumber: orNull(given.employeeNumber),
      roles: [...given.roles],
    }),
    says: SAYS,
    failure: null,
  })
  if (change !== null)
    return (
      <>
        <ImpactForm change={change} people={[user.id]} onClose={onClose} />
        <Button size="compact-sm" variant="subtle" onClick={() => setChange(null)}>
          Change it
        </Button>
      </>
    )
  const { value: chosen, ...rolesField } = fields.field('roles')
  return (
    <DialogForm
      confirm="Show what it would do"
      fields={fields}
      pending={false}
      onSubmit={({ roles: names, ...details }) =>
        setChange({
          act: 'transfer',
          ...details,
          roles: names.map((role) => {
            const endsAt = held.find((one) => one.role === role)?.endsAt ?? null
            return { role, ...(endsAt === null ? {} : { endsAt }) }
          }),
        })
      }
    >
      <div>
        Roles that you take out end, and those that you add begin, in the same act as the rest. Nothing is
        done yet.
      </div>
      <TextInput label="Department" {...fields.field('department')} />
      <ManagerField user={user} {...fields.choice('managerId')} />
      <TextInput label="Employee number" {...fields.field('employeeNumber')} />
      <Checkbox.Group label="Roles held afterwards" value={[...chosen]} {...rolesField}>
        <Stack gap="xs" mt="xs">
          {roles.map(({ name, title, privileged }) => (
            <Checkbox key={name} value={name} label={privileged ? `${title} (privileged)` : title} />
          ))}
        </Stack>
      </Checkbox.Group>
    </DialogForm>
  )
}

interface ManagerFieldProps {
  user: User
  value: string | null
  onChange: (id: string | null) => void
}

/** Somebody with an account, found by typing; two of one name are told apart by their addresses. */
const ManagerField = ({ user, ...field }: ManagerFieldProps) => {
  const [text, setText] = useState(user.manager?.displayName ?? '')
  const [asked] = useDebouncedValue(text, 250)
  const found = useQuery({
    ...trpc.users.list.queryOptions({ text: asked, limit: 20 }),
    placeholderData: keepPreviousData,
  }).data
  const others = (found?.items ?? []).filter(({ id }) => id !== user.id)
  const known = others.map(({ id, displayName, email }) => ({ value: id, label: `${displayName}, ${email}` }))
  const { manager } = user
  const listed = manager === null || known.some(({ value }) => value === manager.id)
  return (
    <Select
      label="Manager"
      placeholder="Nobody"
      clearable
      searchable
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage="Nobody is found by that"
      data={listed ? known : [{ value: manager.id, label: manager.displayName }, ...known]}
      {...field}
    />
  )
}
