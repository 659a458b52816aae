/** Real or drill: the largest choice on the page, and never made for the person. */
import { Radio } from '@mantine/core';
import { IconFlame, IconSchool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import own from './Declare.module.css';

export type Mode = 'drill' | 'real';
const modes = ['real', 'drill'] as const;

interface ModeChoiceProps {
  readonly value: Mode | undefined;
  onChange(mode: Mode): void;
}

export function ModeChoice({ value, onChange }: ModeChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      value={value ?? null}
      onChange={(chosen) => onChange(chosen === 'real' ? 'real' : 'drill')}
      label={t('respond:declare.mode')}
      classNames={{ label: own.label ?? '' }}
    >
      <div className={own.modes}>
        {modes.map((mode) => (
          <Radio.Card
            key={mode}
            value={mode}
            className={own.modeCard ?? ''}
            data-mode={mode}
            aria-label={t(`respond:mode.${mode}.name`)}
          >
            {mode === 'real' ? (
              <IconFlame size={24} stroke={1.6} aria-hidden />
            ) : (
              <IconSchool size={24} stroke={1.6} aria-hidden />
            )}
            <span>
              <span className={own.modeName}>{t(`respond:mode.${mode}.name`)}</span>
              <span className={own.modeText}>{t(`respond:mode.${mode}.text`)}</span>
            </span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
