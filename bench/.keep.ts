import { writeFileSync } from 'node:fs'
import { createInstallation } from './harness/installation.ts'
import { setUp } from './read/setup.ts'
const i = await createInstallation()
const t=performance.now()
const s = await setUp(i)
writeFileSync('/tmp/bench-setup.json', JSON.stringify({ job:{databaseUrl:i.server.url('chartward_app'),keyFolder:i.keyFolder}, owner: i.server.url('chartward_owner'), s}))
console.log('ready', performance.now()-t)
process.on('SIGTERM',()=>i.stop().then(()=>process.exit()))
setInterval(()=>{},1e6)
