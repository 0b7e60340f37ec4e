import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../components/loaded.tsx'
import { RolePermits } from '../../components/role-permits/role-permits.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './account.module.css'

/** What each of the person's roles permits, as the policy decides it. */
const MyRoles = () => {
  const answer = useQuery(trpc.account.roles.queryOptions({}))
  return (
    <Loaded answer={answer} height={240}>
      {(roles: Outputs['account']['roles']) => (
        <div className={classes.stack}>
          {roles.map((role) => (
            <section key={role.name} aria-label={role.title}>
              <p>{role.description}</p>
              <RolePermits role={role} />
            </section>
          ))}
        </div>
      )}
    </Loaded>
  )
}

/** Comes when it is asked for. */
export default MyRoles
