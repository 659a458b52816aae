import type { ReactNode } from 'react';
import own from './Report.module.css';

interface SectionProps {
  readonly no: number;
  readonly title: string;
  readonly children: ReactNode;
}

/** A numbered chapter of the report. */
export const Section = ({ no, title, children }: SectionProps) => (
  <section className={own.section}>
    <h2>
      {no} {title}
    </h2>
    {children}
  </section>
);
