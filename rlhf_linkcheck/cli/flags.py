"""The flags of `check`, and how they, the configuration file and the environment become one Config."""

import inspect
import math
import os
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from rlhf_linkcheck.cli import environment
from rlhf_linkcheck.cli import options as o
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.files import AtBase
from rlhf_linkcheck.cli.settings import Settings
from rlhf_linkcheck.cli.values import (
    parse_address,
    parse_codes,
    parse_connect_to,
    parse_duration,
    parse_host_interval,
    parse_pattern,
)
from rlhf_linkcheck.config import (
    DEFAULT_MAX_AGE,
    DEFAULT_QUIET_MONTHS,
    DEFAULT_STALE_MONTHS,
    Base,
    Baseline,
    Config,
    NetworkConfig,
)
from rlhf_linkcheck.judge import selected_rules
from rlhf_linkcheck.loaders import distinct
from rlhf_linkcheck.loaders.baseline import load_baseline, read_baseline
from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.state.place import default_path

DEFAULT_INPUTS = ("entries.yaml", "README.md")
"""The first of them that there is, where none is named."""

T = TypeVar("T")
Given = TypeVar("Given", bound="Flags")
_LONGEST_AGE = 10 * 365 * 86_400.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line said; None is what it left open."""

    inputs: o.Inputs = None
    since: o.Since = None
    offline: o.Offline = False
    entry: o.EntryIds = None
    exclude: o.Exclude = None
    schema: o.Schema = None
    config: o.ConfigFile = None
    select: o.Select = None
    ignore: o.Ignore = None
    fail_on: o.FailOnOption = None
    baseline: o.BaselineFile = None
    write_baseline: o.WriteBaseline = None
    concurrency: o.Concurrency = None
    per_host: o.PerHost = None
    interval: o.Interval = None
    host_interval: o.HostInterval = None
    timeout: o.Timeout = None
    retries: o.Retries = None
    deadline: o.Deadline = None
    connect_to: o.ConnectToOption = None
    dns_server: o.DnsServer = None
    ca_file: o.CaFile = None
    allow_private: o.AllowPrivate = False
    state: o.State = None
    no_state: o.NoState = False
    max_age: o.MaxAge = None
    format: o.FormatOption = o.DEFAULT_FORMAT
    report: o.ReportFiles = None
    quiet: o.Quiet = False
    verbose: o.Verbose = False
    no_progress: o.NoProgress = False
    color: o.ColorOption = o.Color.AUTO

    @property
    def paths(self) -> tuple[str, ...]:
        """The inputs, each once, or what is checked where none is named. Raises UsageError where there is nothing."""
        return distinct(self.inputs or (_default_input(),))

    def merged_with(self, settings: Settings, base: Base | None = None) -> Config:
        """One Config: flags before the file, the file before the defaults. Raises UsageError."""
        schema = self.schema or settings.schema
        fail_on = self.fail_on.value if self.fail_on else settings.fail_on
        config = Config(
            inputs=self.paths,
            since=base,
            offline=self.offline,
            entry_ids=tuple(self.entry or ()),
            select=_codes(self.select, settings.select, "--select"),
            ignore=_codes(self.ignore, settings.ignore, "--ignore"),
            fail_on=fail_on or "error",
            exclude=(*settings.exclude, *(parse_pattern(text, "--exclude") for text in self.exclude or ())),
            schema=schema,
            schema_text=None if schema is None or base is None else AtBase(base).read(schema),
            suppressions=settings.suppressions,
            baseline=self._baseline(settings, base),
            stale_months=_first(None, settings.stale_months, DEFAULT_STALE_MONTHS),
            quiet_months=_first(None, settings.quiet_months, DEFAULT_QUIET_MONTHS),
            network=self._network(settings),
            state=self.state_file(settings),
            max_age=_max_age(_first(self.max_age, settings.max_age, None), _said(self.max_age, settings, "max-age")),
            origin=settings.origin,
        )
        if not selected_rules(config):
            # A misspelt --select would otherwise be green for ever.
            raise UsageError("no rule is selected: look at --select and --ignore; `explain` lists the rules")
        return config

    def _baseline(self, settings: Settings, base: Base | None) -> Baseline | None:
        """What is accepted. A file that is only now to be written need not be there. Raises InputError, UsageError."""
        path = self.baseline or settings.baseline
        if path is not None and base is not None:
            return read_baseline(str(path), AtBase(base).read(path))
        written = self.write_baseline
        begun = written is not None and path is not None and os.path.realpath(path) == os.path.realpath(written)
        return None if path is None or (begun and not path.exists()) else load_baseline(path)

    def state_file(self, settings: Settings) -> Path | None:
        """The file that remembers, which nobody but the operator chooses. Raises UsageError."""
        if self.no_state and self.state is not None:
            raise UsageError("--state and --no-state contradict each other: give one of them")
        if self.no_state or self.offline:
            return None
        return self.state or default_path(settings.origin)

    def _network(self, settings: Settings) -> NetworkConfig:
        defaults = NetworkConfig()
        if not self.offline:
            environment.demand_authorities()
        for option, value in (("--interval", self.interval), ("--timeout", self.timeout)):
            if value is not None and not math.isfinite(value):
                raise UsageError(f"{option} {value}: write a number of seconds")
        timeout = _first(self.timeout, settings.timeout, defaults.timeout)
        deadline = _first(self.deadline, settings.deadline, None)
        return NetworkConfig(
            concurrency=_first(self.concurrency, settings.concurrency, defaults.concurrency),
            per_host=_first(self.per_host, settings.per_host, defaults.per_host),
            interval=_first(self.interval, settings.interval, defaults.interval),
            host_intervals=dict(parse_host_interval(text) for text in self.host_interval or ()),
            hosts=settings.hosts,
            timeout=timeout,
            connect_timeout=min(timeout, defaults.connect_timeout),
            retries=_first(self.retries, settings.retries, defaults.retries),
            deadline=None if deadline is None else parse_duration(deadline, _said(self.deadline, settings, "deadline")),
            control_url=settings.control_url or defaults.control_url,
            connect_to=tuple(parse_connect_to(text) for text in self.connect_to or ()),
            dns_server=None if self.dns_server is None else parse_address(self.dns_server, "--dns-server"),
            ca_file=None if self.ca_file is None else _authorities(self.ca_file),
            allow_private=self.allow_private,
            proxies={} if self.offline else environment.proxies(),
            accounts=environment.accounts(),
            github=environment.github(),
            hub=environment.hub(),
        )


def takes_flags(kind: type[Given]) -> Callable[[Callable[[Given], None]], Callable[..., None]]:
    """Give a command each field of its flags as a parameter of its own, which is what typer makes options of."""
    return partial(_with_options, kind)


def _with_options(kind: type[Given], command: Callable[[Given], None]) -> Callable[..., None]:
    hints = get_type_hints(kind, include_extras=True)

    def with_options(**given: Any) -> None:  # noqa: ANN401 - typer passes what the hints say
        command(kind(**given))

    parameters = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
    ]
    with_options.__doc__ = command.__doc__
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by inspect
    with_options.__annotations__ = {field.name: hints[field.name] for field in fields(kind)}
    return with_options


def unknown_codes(config: Config) -> tuple[str, ...]:
    """A word about each code that is selected or ignored and that no rule has."""
    named = dict.fromkeys((*config.select, *config.ignore))
    return tuple(
        f"there is no rule {code}; `explain` lists them"
        for code in named
        if not any(rule.info.code.startswith(code) for rule in RULES)
    )


def _first(flag: T | None, setting: T | None, default: T) -> T:
    """The choice that was made: by flag, else in the file, else none."""
    if flag is not None:
        return flag
    return default if setting is None else setting


def _codes(flag: str | None, setting: tuple[str, ...] | None, option: str) -> tuple[str, ...]:
    return parse_codes(flag, option) if flag is not None else setting or ()


def _said(flag: str | None, settings: Settings, name: str) -> str:
    """Where a choice was made, for whoever has to mend it."""
    return f"{settings.origin}: {name}" if flag is None else f"--{name}"


def _max_age(text: str | None, said: str) -> timedelta:
    if text is None:
        return DEFAULT_MAX_AGE
    return timedelta(seconds=min(parse_duration(text, said), _LONGEST_AGE))


def _authorities(path: Path) -> Path:
    """Refuse a file without certificates now, not at the first of many requests."""
    import ssl  # noqa: PLC0415 - most runs need no ssl before they ask somebody

    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"--ca-file {path}: no certificate can be read from it ({error.strerror or error})") from error
    return path


def _default_input() -> str:
    for name in DEFAULT_INPUTS:
        # A link that leads nowhere is not passed over: what it should lead to would never be checked.
        if os.path.lexists(name):
            return name
    raise UsageError("there is neither entries.yaml nor README.md here: name the list to check")
