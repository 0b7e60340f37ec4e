import '../lib/trusted-types.ts'
import '../lib/base-styles.ts'
import { mount } from '../components/mount.tsx'
import { SignInApp } from './sign-in-app.tsx'

mount(<SignInApp />)
