"""A simulated web on loopback: HTTP, TLS and DNS as one readable scenario says."""

from .behaviour import Behaviour, Fault
from .fields import ScenarioError
from .host import Dns, Host, Tls
from .latency import Latency
from .limits import Excess, Limit
from .log import LoggedQuestion, LoggedRequest, RequestLog
from .process import Spawned, spawn
from .request import Request
from .scenario import Scenario
from .server import Handler
from .services.papers import Paper, Registrar, Version
from .web import Web, running, serve

__all__ = [
    "Behaviour",
    "Dns",
    "Excess",
    "Fault",
    "Handler",
    "Host",
    "Latency",
    "Limit",
    "LoggedQuestion",
    "LoggedRequest",
    "Paper",
    "Registrar",
    "Request",
    "RequestLog",
    "Scenario",
    "ScenarioError",
    "Spawned",
    "Tls",
    "Version",
    "Web",
    "running",
    "serve",
    "spawn",
]
