"""What one running application holds, and how a route asks for it."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from integrations.api.addresses import Network
from integrations.api.facade import Assistant, Compare
from integrations.api.journal import Metrics
from integrations.api.limits import RateLimiter
from integrations.pages.assets import Assets
from integrations.widget.files import WidgetFiles


@dataclass(frozen=True, slots=True)
class Door:
    assistant: Assistant
    limiter: RateLimiter
    metrics: Metrics
    compare: Compare
    assets: Assets
    widget: WidgetFiles
    proxies: tuple[Network, ...]


async def the_door(request: Request) -> Door:
    return cast("Door", request.app.state.door)


TheDoor = Annotated[Door, Depends(the_door)]
