/** A drill or invocation while it runs. Everything shown is computed from its log. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useNow } from '../../app/useNow';
import { useVault } from '../../app/vaultContext';
import { CallPanel } from './run/CallPanel';
import { LogPanel } from './run/LogPanel';
import { RunHeader } from './run/RunHeader';
import { ServicesPanel } from './run/ServicesPanel';
import { StepsPanel } from './run/StepsPanel';
import { NoRun } from './NoRun';
import { useRun, type OpenRun } from './useRun';
import { useRunActions } from './useRunActions';
import { Watermark } from './Watermark';
import own from './run/Run.module.css';
import classes from './Respond.module.css';

export function RunPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const open = useRun(id);
  if (!open) return <NoRun />;
  if (open.run.startedAt === undefined && open.drill.values.status === 'planned') {
    return (
      <NoRun text={t('respond:run.notStarted')}>
        <Button component="a" href={href(`${paths.declare}?run=${encodeURIComponent(id)}`)}>
          {t('respond:place.start')}
        </Button>
      </NoRun>
    );
  }
  return <OpenRunPage open={open} />;
}

function OpenRunPage({ open }: { readonly open: OpenRun }) {
  const now = useNow(1000);
  const vault = useVault();
  const { drill, frozen, run } = open;
  const act = useRunActions(drill.id, run);
  const active = vault.isWriter() && run.stoodDownAt === undefined;
  const shared = { run, now, act, active };
  return (
    <div className={classes.page}>
      {run.mode === 'drill' && <Watermark />}
      <RunHeader open={open} now={now} act={act} active={active} />
      <div className={own.columns}>
        <ServicesPanel frozen={frozen} {...shared} />
        <StepsPanel {...shared} />
        <div className={own.right}>
          <CallPanel frozen={frozen} {...shared} />
          <LogPanel id={open.drill.id} frozen={frozen} run={run} act={act} active={active} />
        </div>
      </div>
    </div>
  );
}
