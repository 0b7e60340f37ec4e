import '../lib/trusted-types.ts'
import '../lib/base-styles.ts'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { LookProvider } from '../components/look-provider.tsx'
import { applyStoredScheme } from '../lib/color-scheme.ts'
import { styleNonce } from '../lib/page-meta.ts'
import { SignInApp } from './sign-in-app.tsx'

applyStoredScheme()
setNonce(styleNonce())

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <LookProvider>
        <SignInApp />
      </LookProvider>
    </StrictMode>,
  )
}
