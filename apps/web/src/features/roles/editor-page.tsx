import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { BackLink } from '../../components/back-link.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { EditorForm } from './editor-form.tsx'

const route = getRouteApi('/role-editor')

/** A version of a role is composed here: of one that is there, of a copy, or from nothing. */
export const EditorPage = () => {
  const { role, copy } = route.useSearch()
  const from = role ?? copy
  const answer = useQuery({
    ...trpc.roles.get.queryOptions({ name: from ?? '' }),
    enabled: from !== undefined,
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <>
      <BackLink to="/roles">All roles</BackLink>
      <PageHeader
        title={role === undefined ? 'New role' : 'New version of a role'}
        windowTitle="Role editor"
        lead="Saving makes a draft, which changes what nobody may do. What it would do is shown before it is put in force."
      />
      {from === undefined ? (
        <EditorForm base={null} isNew />
      ) : (
        <Loaded answer={answer} height={600}>
          {(base: Outputs['roles']['get']) => (
            <EditorForm key={base.name} base={base} isNew={role === undefined} />
          )}
        </Loaded>
      )}
    </>
  )
}
