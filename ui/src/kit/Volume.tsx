import { Slider, SliderFill, SliderThumb, SliderTrack } from "react-aria-components";
import styles from "./Volume.module.css";

/** Loudness 0..100. Mirrors with the language; arrow keys move it. */
export function Volume({ label, percent, onChange }: { label: string; percent: number; onChange(percent: number): void }) {
  return (
    <Slider aria-label={label} value={percent} minValue={0} maxValue={100} step={5} onChange={onChange} className={styles.slider ?? ""}>
      <SliderTrack className={styles.track ?? ""}>
        <SliderFill className={styles.fill ?? ""} />
        <SliderThumb className={styles.thumb ?? ""} />
      </SliderTrack>
    </Slider>
  );
}
