import { Link } from '@tanstack/react-router'
import { Notice } from '../../components/notice.tsx'
import { When } from '../../components/when.tsx'
import { sentence } from '../../lib/format.ts'
import type { PendingApproval } from './types.ts'

/** What waits for a second person before it takes effect. */
export const Pending = ({ items }: { items: readonly PendingApproval[] }) =>
  items.map(({ approvalId, kind, detail, reason, requestedBy, createdAt, expiresAt }) => (
    <Notice key={approvalId} tone="info" title="Waits for approval">
      <p>
        {sentence(kind)}: {detail}. Requested by {requestedBy.displayName} <When at={createdAt} />, lapses{' '}
        <When at={expiresAt} />. “{reason}” <Link to="/approvals">Open the approvals</Link>
      </p>
    </Notice>
  ))
