// The interface's words, and how times are written. One file a language: words/en.json and its like.

export class Words {
  /** @param {Record<string, string>} words @param {string} language @param {string} zone */
  constructor(words, language, zone) {
    this.words = words;
    this.language = language;
    this.zone = zone;
  }

  /** The sentence under a key with its `{places}` filled. @param {string} key @param {Record<string, string | number>} [facts] */
  say(key, facts = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => String(facts[name] ?? place));
  }

  /** A moment where the organisation is, with the hour where `exact`. @param {string} instant */
  moment(instant, exact = false) {
    return this.#written(instant, { day: "numeric", month: "long", year: "numeric", ...(exact ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } : {}), timeZone: this.zone });
  }

  /** A calendar day, YYYY-MM-DD. @param {string} day */
  day(day) {
    return this.#written(`${day}T12:00:00Z`, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  /** @param {string} instant @param {Intl.DateTimeFormatOptions} options */
  #written(instant, options) {
    const english = this.zone === "Asia/Kolkata" ? "en-IN" : "en-GB";
    const locale = this.language === "en" ? english : `${this.language}-u-nu-latn`;
    return new Intl.DateTimeFormat([locale, english], options).format(new Date(instant));
  }
}
